/** Prints what this process has used so far: CPU time in ms, and RSS in MB. */
export function used() {
  const { user, system } = process.cpuUsage()
  console.log(JSON.stringify({ cpu: (user + system) / 1e3, rss: process.memoryUsage().rss / 2 ** 20 }))
}
