using System.Runtime.ExceptionServices;

namespace PerfKit.Sampling;

/// <summary>Counts the exceptions thrown in the process from its making to its disposal, caught ones too.</summary>
internal sealed class ExceptionReader : IResourceReader
{
    private long _count;

    public ExceptionReader() => AppDomain.CurrentDomain.FirstChanceException += Count;

    public void Read(ref ResourceReading reading) => reading.ExceptionCount = Interlocked.Read(ref _count);

    public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= Count;

    // Runs inside the throw of any thread, in whatever state the host is: it only counts.
    private void Count(object? sender, FirstChanceExceptionEventArgs e) => Interlocked.Increment(ref _count);
}
