namespace PerfKit.Instrumentation;

/// <summary>What a meter does with an operation.</summary>
[Flags]
internal enum OperationDetail
{
    /// <summary>Nothing: the meter is switched off.</summary>
    None = 0,

    /// <summary>Times it.</summary>
    Time = 1,

    /// <summary>Measures with the time what it allocates.</summary>
    Allocation = 2,

    /// <summary>Does so for a sample only, and counts the others.</summary>
    Sample = 4,
}
