using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>What the operation meters of the process measured since this was made.</summary>
internal sealed class OperationWatch(TimeProvider time)
{
    private readonly Dictionary<string, OperationSnapshot> _before =
        OperationMeter.All.Select(meter => meter.Snapshot(time)).ToDictionary(snapshot => snapshot.Operation, StringComparer.Ordinal);

    /// <summary>The meters that counted something meanwhile, by falling number of operations.</summary>
    public IReadOnlyList<OperationSnapshot> Finish() =>
    [
        .. OperationMeter.All
            .Select(meter => meter.Snapshot(time))
            .Select(now => _before.TryGetValue(now.Operation, out OperationSnapshot? before) ? now.Since(before) : now)
            .Where(window => window.Count > 0)
            .OrderByDescending(window => window.Count)
            .ThenBy(window => window.Operation, StringComparer.Ordinal),
    ];
}
