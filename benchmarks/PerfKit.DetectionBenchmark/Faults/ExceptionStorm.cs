using System.Globalization;
using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>What is thrown for what happens all the time.</summary>
internal enum Thrown
{
    Parse,
    Lookup,
    DeepInTheStack,
    AcrossAwaits,
}

/// <summary>Requests fail inside, and are answered all the same. Fixed: the code asks before it tries.</summary>
internal sealed record ExceptionStorm(Thrown Thrown, double PerSecond) : Fault
{
    private const int Depth = 20;

    private readonly Dictionary<string, int> _prices = new(StringComparer.Ordinal) { ["tea"] = 3 };
    private int _unknown;

    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.ExceptionStorm];

    public override Task RunAsync(Premises premises, CancellationToken stop) => Pace.KeepAsync(
        PerSecond,
        async count =>
        {
            for (int i = 0; i < count; i++)
                await ServeAsync();
        },
        stop);

    private async Task ServeAsync()
    {
        if (IsFixed)
        {
            _unknown += int.TryParse("n/a", CultureInfo.InvariantCulture, out _) || _prices.ContainsKey("coffee") ? 0 : 1;
            return;
        }
        try
        {
            switch (Thrown)
            {
                case Thrown.Parse:
                    _ = int.Parse("n/a", CultureInfo.InvariantCulture);
                    break;
                case Thrown.Lookup:
                    _ = _prices["coffee"];
                    break;
                case Thrown.DeepInTheStack:
                    Descend(Depth);
                    break;
                default:
                    await AscendAsync(3);
                    break;
            }
        }
        catch (Exception exception) when (exception is FormatException or KeyNotFoundException)
        {
            _unknown++;
        }
    }

    private int Descend(int depth) => depth == 0 ? _prices["coffee"] : Descend(depth - 1) + 1;

    private async Task<int> AscendAsync(int depth)
    {
        await Task.Yield();
        return depth == 0 ? _prices["coffee"] : await AscendAsync(depth - 1) + 1;
    }
}
