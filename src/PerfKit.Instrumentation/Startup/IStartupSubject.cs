namespace PerfKit.Instrumentation;

/// <summary>
/// What a scope is about, where saying it is dear: names of types and of what their constructors take cost more to find out
/// than the scope itself. It is asked when a snapshot is taken, not while the application starts.
/// </summary>
internal interface IStartupSubject
{
    /// <summary>The service's name.</summary>
    string Name { get; }

    /// <summary>Names of what the service needs, in order.</summary>
    IReadOnlyList<string> Dependencies { get; }
}
