namespace PerfKit.Benchmarking;

/// <summary>One kind of error of a load test. Immutable.</summary>
/// <param name="Error">The exception's type; <c>(unfinished)</c> for operations that did not end, <c>(other)</c> for kinds too many.</param>
/// <param name="Count">How many operations failed so.</param>
/// <param name="FirstMessage">Type and message of the first, at most 1,024 characters.</param>
public sealed record LoadFailure(string Error, long Count, string FirstMessage);
