namespace PerfKit.Benchmarking;

/// <summary>Which operation of a load test runs.</summary>
/// <param name="Index">From 0; in the closed model counted for each task by itself.</param>
/// <param name="Worker">The task of a closed model, from 0; always 0 in the open model, where operations have no task.</param>
public readonly record struct LoadOperation(long Index, int Worker);
