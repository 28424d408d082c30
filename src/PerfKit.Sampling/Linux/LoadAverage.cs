using System.Buffers.Text;

namespace PerfKit.Sampling;

/// <summary><c>/proc/loadavg</c>, see proc_loadavg(5).</summary>
internal static class LoadAverage
{
    /// <summary>The first field: threads that run, want to run or wait for a disk, averaged over about a minute.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> loadAverage, out double oneMinute)
    {
        oneMinute = 0;
        return new AsciiFields(loadAverage).TryNext(out ReadOnlySpan<byte> field)
            && Utf8Parser.TryParse(field, out oneMinute, out int used, 'F') && used == field.Length
            && double.IsFinite(oneMinute) && oneMinute >= 0;
    }
}
