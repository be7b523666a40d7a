#!/usr/bin/env node
// A file that is there before the first build, so that npm can link it. The program runs when it is loaded.
// oxlint-disable-next-line import/no-unassigned-import
import '../dist/bin.js'
