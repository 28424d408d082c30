using System.Diagnostics;
using PerfKit.Sampling;

namespace PerfKit.SamplingBenchmark;

/// <summary>
/// Question: what do the process's own figures cost (CPU time, memory, threads, I/O, context switches, open files), as the sampler reads them?
/// Baseline: one bare read of the process's stat file, which has less. Peer: the Process class, with the text of the I/O counters unparsed.
/// Left out: the sample's other figures (shown).
/// </summary>
internal static class ProcessFigures
{
    public static IEnumerable<Verdict> Measure(bool isShort) => [.. Measure(10, isShort), .. Measure(130, isShort)];

    private static IEnumerable<Verdict> Measure(int threads, bool isShort)
    {
        using var stat = new RawFile("/proc/self/stat");
        using var reader = new LinuxProcessReader(new LinuxFiles(), new UnavailableFigures());
        using var sampler = new ResourceSampler(new ResourceSamplerOptions { HistoryCapacity = 100 });
        using Process process = Process.GetCurrentProcess();
        using var crowd = new Crowd(threads, () => Read(reader).ThreadCount ?? 0);
        Action figures = () => Read(reader);

        Turns turns = Turns.Of(
            isShort ? 11 : 201, TimeSpan.FromMilliseconds(1),
            stat.Read, figures, () => ReadProcess(process), () => sampler.Sample());
        long bytes = Turns.Allocated(figures, 10_000);
        long peerBytes = Turns.Allocated(() => ReadProcess(process), 20);
        ResourceReading now = Read(reader);
        if (now is not { CpuTime: not null, WorkingSetBytes: not null, ThreadCount: not null, IoReadBytes: not null, ContextSwitches: not null })
            throw new InvalidOperationException("A figure is missing: what was timed is not what was claimed.");

        Print.Line($"The process's figures, {now.ThreadCount} threads, {turns.Told}; medians; ratios are formed inside each round.");
        Print.Table(
            ["read", "us", "x bare read", "bytes"],
            [
                ["bare read of /proc/self/stat", Print.Text($"{turns.Median(0):F2}"), "1.00", "0"],
                ["the sampler's process figures", Print.Text($"{turns.Median(1):F2}"), Print.Text($"{turns.Ratio(1, 0):F2}"), Print.Text($"{bytes}")],
                ["Sample(): the machine's ten times a second", Print.Text($"{turns.Median(3):F2}"), Print.Text($"{turns.Ratio(3, 0):F2}"), ""],
                ["Process, and the text of io", Print.Text($"{turns.Median(2):F2}"), Print.Text($"{turns.Ratio(2, 0):F2}"), Print.Text($"{peerBytes}")],
            ]);
        double ratio = turns.Ratio(1, 0), gain = turns.Ratio(2, 1);
        return
        [
            new($"process figures, {threads} threads, beside a bare read of stat", Print.Text($"{ratio:F2} x"), "at most 1.60 x", turns.Judge(ratio <= 1.6)),
            new($"process figures, {threads} threads, cheaper than Process", Print.Text($"{gain:F0} x"), "at least 20 x", turns.Judge(gain >= 20)),
            new($"process figures, {threads} threads, managed bytes", Print.Text($"{bytes}"), "0", bytes == 0) { IsExact = true },
        ];
    }

    private static ResourceReading Read(LinuxProcessReader reader)
    {
        var reading = default(ResourceReading);
        reader.Read(ref reading);
        return reading;
    }

    private static double ReadProcess(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds + process.WorkingSet64 + process.Threads.Count + File.ReadAllText("/proc/self/io").Length;
    }
}
