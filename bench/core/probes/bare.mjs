console.log(JSON.stringify({ rss: process.memoryUsage().rss / 2 ** 20 }))
