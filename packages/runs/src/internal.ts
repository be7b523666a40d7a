export { openDatabase, type Database, type SqlValue } from './store/sqlite.ts'
