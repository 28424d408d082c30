namespace PerfKit.Benchmarking;

/// <summary>A measured block: one operation of a benchmark, from its making until it is disposed.</summary>
/// <remarks>
/// All members are thread-safe; the second end is ignored. A <c>using</c> block cannot see the exception that leaves it: call
/// <see cref="Fail"/>, or use <see cref="BenchmarkSession.Run"/> and <see cref="BenchmarkSession.RunAsync"/>, which record an
/// exception and let it fly on.
/// </remarks>
public sealed class BenchmarkScope : IDisposable, IAsyncDisposable
{
    private readonly Recording _recording;
    private readonly MemoryWatch _memory;
    private readonly MemoryPeak _peak;
    private readonly Stretch _stretch;
    private Exception? _error;
    private int _isEnded;

    internal BenchmarkScope(Recording recording, MemoryWatch memory, Instruments instruments)
    {
        _recording = recording;
        _memory = memory;
        _peak = memory.Begin();
        _stretch = new Stretch(instruments, recording.On);
    }

    /// <summary>Marks the operation as failed. It does not end the scope; the first exception is kept.</summary>
    /// <param name="exception">What went wrong; its type and message are recorded.</param>
    public void Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Interlocked.CompareExchange(ref _error, exception, null);
    }

    /// <summary>Ends the operation.</summary>
    public void Dispose()
    {
        Spent spent = _stretch.End();
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;

        _memory.End(_peak);
        _recording.Include(_peak);
        _recording.Add(spent, 1, Volatile.Read(ref _error));
    }

    /// <inheritdoc cref="Dispose"/>
    /// <returns>A completed task.</returns>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
