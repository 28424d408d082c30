namespace PerfKit.Sampling;

/// <summary>
/// Reads what is said of the machine and of control groups at most ten times a second, and repeats it in samples between: these files cost
/// the kernel more than all else in a sample, and what they count in, hundredths of a second, tells nothing of shorter intervals.
/// </summary>
internal sealed class MachineReaders(TimeProvider time, UnavailableFigures unavailable, params IResourceReader[] readers) : IResourceReader
{
    internal static readonly TimeSpan Cadence = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(5); // a thread that woke a little late the last time

    private readonly MachineSpan _span = new();
    private ResourceReading _latest;
    private long? _readAt;

    public void Read(ref ResourceReading reading)
    {
        long now = time.GetTimestamp();
        TimeSpan? passed = _readAt is { } at ? time.GetElapsedTime(at, now) : null;
        if (passed is not { } since || since < TimeSpan.Zero || since >= Cadence - Early)
        {
            (_span.From, _span.Length) = (_latest, passed);
            _latest = default;
            _readAt = now;
            foreach (IResourceReader reader in readers) Read(reader);
        }

        reading.TakeMachine(_latest);
        reading.MachineSpan = _span;
    }

    public void Dispose()
    {
        _readAt = null; // what was read is not repeated
        foreach (IResourceReader reader in readers) reader.Dispose();
    }

    private void Read(IResourceReader reader)
    {
        try
        {
            reader.Read(ref _latest);
        }
        catch (Exception e) // as the sampler does: one that fails must not keep the others from reading
        {
            unavailable.Note($"({reader.GetType().Name})", e.Message);
        }
    }
}

/// <summary>Between which readings of the machine a sample's figures of it are formed: not always between those of its own interval.</summary>
internal sealed class MachineSpan
{
    public ResourceReading From;

    /// <summary>To the latest reading; <see langword="null"/> when that was the first.</summary>
    public TimeSpan? Length;
}
