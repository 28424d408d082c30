using PerfKit.DetectionBenchmark;

return await Entry.RunAsync(args);
