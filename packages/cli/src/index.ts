export * from '@sluice/core'
export { defineJob, type JobModule } from './job/define-job.ts'
