namespace PerfKit.Analysis;

/// <summary>How long a service waited for locks that one other held; known where waits were watched.</summary>
/// <param name="Victim">The service that waited.</param>
/// <param name="Culprit">The service that held them.</param>
/// <param name="Waited">How long, of all of its threads.</param>
internal readonly record struct LockBlame(string Victim, string Culprit, TimeSpan Waited);
