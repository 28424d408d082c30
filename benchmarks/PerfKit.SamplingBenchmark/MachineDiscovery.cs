using System.ComponentModel;
using System.Diagnostics;
using PerfKit.Sampling;

namespace PerfKit.SamplingBenchmark;

/// <summary>
/// Question: what does it cost to list the machine's processes with their figures? Baseline and peer: Process.GetProcesses(), asked for
/// name, CPU time, memory, threads and start. PerfKit's list has I/O, parents, children, ports and containers besides.
/// Left out: what the Process class cannot tell.
/// </summary>
internal static class MachineDiscovery
{
    public static IEnumerable<Verdict> Measure(int processes, bool isShort)
    {
        int rounds = isShort ? 3 : 31;
        using var discovery = new ProcessDiscovery();
        using var notKeeping = new ProcessDiscovery(new ProcessDiscoveryOptions { KeptFiles = 0 });
        using var sleepers = new Sleepers(Math.Max(0, processes - discovery.Discover().Count));
        IReadOnlyList<ProcessInfo> found = discovery.Discover();
        if (sleepers.Ids.Except(found.Where(process => process is { CpuTime: not null, WorkingSetBytes: not null, ThreadCount: not null, StartedAt: not null, IoReadBytes: not null }).Select(process => process.Id)).Any())
            throw new InvalidOperationException("A process is missing, or a figure of one: what is timed would not be what is claimed.");

        Action peer = () => ReadProcesses(), warm = () => discovery.Discover(), cold = () =>
        {
            using var first = new ProcessDiscovery();
            first.Discover();
        };
        Turns turns = Turns.Of(rounds, TimeSpan.FromMilliseconds(20), peer, warm, () => notKeeping.Discover(), cold);
        long peerBytes = Turns.Allocated(peer, 3), bytes = Turns.Allocated(warm, 10);
        int open = found.Count == 0 ? 0 : Directory.GetFileSystemEntries("/proc/self/fd").Length;

        Print.Line($"Discovery, {found.Count} processes ({sleepers.Ids.Count} of them asleep and ours), {turns.Told}; medians; ratios are formed inside each round; {open} files open.");
        Print.Table(
            ["list", "ms", "us a process", "x cheaper", "bytes"],
            [
                Row("Process.GetProcesses()", 0, peerBytes),
                Row("ProcessDiscovery, again", 1, bytes),
                Row("ProcessDiscovery, again, no files kept open", 2, Turns.Allocated(() => notKeeping.Discover(), 10)),
                Row("ProcessDiscovery, the first time", 3, Turns.Allocated(cold, 3)),
            ]);
        double gain = turns.Ratio(0, 1), share = (double)bytes / peerBytes;
        return
        [
            new($"discovery of {found.Count} processes, faster than Process", Print.Text($"{gain:F1} x"), "at least 12 x", turns.Judge(gain >= 12)),
            new("its allocation, beside that of Process", Print.Text($"{share:F3} x"), "at most 0.100 x", share <= 0.1) { IsExact = true },
        ];

        IReadOnlyList<string> Row(string name, int action, long allocated) =>
        [
            name, Print.Text($"{turns.Median(action) / 1e3:F2}"), Print.Text($"{turns.Median(action) / found.Count:F2}"),
            Print.Text($"{turns.Ratio(0, action):F1}"), Print.Text($"{allocated:N0}"),
        ];
    }

    private static double ReadProcesses()
    {
        double sum = 0;
        foreach (Process process in Process.GetProcesses())
        {
            using (process)
            {
                try
                {
                    sum += process.Id + process.ProcessName.Length + process.TotalProcessorTime.TotalSeconds + process.WorkingSet64 + process.Threads.Count + process.StartTime.Second;
                }
                catch (Exception e) when (e is InvalidOperationException or Win32Exception)
                {
                    // It has ended.
                }
            }
        }
        return sum;
    }
}
