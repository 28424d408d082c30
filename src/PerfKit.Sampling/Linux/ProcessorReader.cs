namespace PerfKit.Sampling;

/// <summary>Reads how busy the machine's processors were, all together and the busiest. Guarded by the sampler's lock.</summary>
internal sealed class ProcessorReader(IFileSource files, UnavailableFigures unavailable) : IDisposable
{
    private readonly KeptFile _stat = new(files, "/proc/stat", "MachineCpuPercent, BusiestProcessorPercent", unavailable);
    private byte[] _buffer = new byte[4096];                 // processors come first; the long line of interrupts behind them is not needed
    private MachineCpuTicks[] _before = [];                  // by the processor's number

    internal void Read(ref ResourceReading reading)
    {
        ReadOnlySpan<byte> stat = _stat.Read(_buffer);
        bool isFull = stat.Length == _buffer.Length;
        if (!ProcStat.TryParse(stat, out MachineCpuTicks all))
        {
            _stat.Refuse();
            return;
        }

        reading.MachineCpu = all;
        while (ProcStat.TryNextProcessor(ref stat, out int processor, out MachineCpuTicks ticks))
            reading.BusiestProcessorPercent = Busier(reading.BusiestProcessorPercent, Advance(processor, ticks));

        // The buffer ended among the processors, which the interrupts follow: the next reading has more room.
        if (isFull && !stat.StartsWith("intr"u8) && _buffer.Length < KeptFile.MaxWhole) _buffer = new byte[_buffer.Length * 2];
    }

    public void Dispose() => _stat.Dispose();

    private double? Advance(int processor, MachineCpuTicks now)
    {
        if (processor >= _before.Length) Array.Resize(ref _before, processor + 1);
        MachineCpuTicks before = _before[processor];
        _before[processor] = now;
        return before == default ? null : now.PercentSince(before);
    }

    private static double? Busier(double? one, double? other) => other > one || one is null ? other : one;
}
