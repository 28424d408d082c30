namespace PerfKit.Benchmarking.Tests;

/// <summary>Counters that a test sets.</summary>
internal sealed class ManualInstruments(ManualTime time) : Instruments(time)
{
    public double? Cpu { get; set; } = 0;

    public long Allocated { get; set; }

    protected override double? CpuNanoseconds(MeasuredOn on) => Cpu;

    protected override long AllocatedBytes(MeasuredOn on) => Allocated;
}
