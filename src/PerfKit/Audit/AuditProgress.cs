namespace PerfKit;

/// <summary>How far a run-time audit has come.</summary>
/// <param name="Elapsed">Time since it began.</param>
/// <param name="Total">Time it will take.</param>
/// <param name="Samples">Samples taken so far.</param>
public readonly record struct AuditProgress(TimeSpan Elapsed, TimeSpan Total, int Samples)
{
    /// <summary>Part that is done, 0 to 1.</summary>
    public double Fraction => Total > TimeSpan.Zero ? Math.Clamp(Elapsed / Total, 0, 1) : 1;
}
