using PerfKit.DetectionBenchmark;

// The detection benchmark as a tool: its short form when nothing else is asked for.
return await Entry.RunAsync(args is [] ? ["--self-test"] : args);
