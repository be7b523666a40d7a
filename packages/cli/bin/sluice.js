#!/usr/bin/env node
// A file that is there before the first build, so that npm can link it. The program runs when it is loaded.
import module from 'node:module'

// Node 22 and later keep the compiled code for the next time.
module.enableCompileCache?.()
void import('../dist/bundle/bin.js')
