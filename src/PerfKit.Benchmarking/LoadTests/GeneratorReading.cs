using PerfKit.Reporting;

namespace PerfKit.Benchmarking;

/// <summary>Judges the generator by its own lag.</summary>
internal static class GeneratorReading
{
    private const double LateShareAllowed = 0.01;

    public static GeneratorFigures Of(LoadModel model, OpenGenerator? open, LoadRecord record, LoadTestOptions options, TimeSpan elapsed)
    {
        double? own = GeneratorCalibration.NanosecondsPerOperation(model);
        double seconds = elapsed.TotalSeconds;
        if (open is null)
        {
            return new GeneratorFigures
            {
                StartedRate = seconds > 0 ? record.Completed / seconds : null,
                PeakInFlight = ((ClosedLoad)model).ConcurrentTasks,
                CpuNanosecondsPerOperation = own,
                CpuCores = seconds > 0 ? own * record.Completed / 1e9 / seconds : null,
            };
        }

        var load = (OpenLoad)model;
        long due = open.Started + open.NeverStarted;
        long late = record.Late + open.NeverStarted;
        double starting = Math.Min(Math.Max(load.Duration.TotalSeconds, open.LastStart / 1e9), seconds);
        var figures = new GeneratorFigures
        {
            IntendedRate = load.Operations / load.Duration.TotalSeconds,
            StartedRate = starting > 0 ? open.Started / starting : null,
            StartLag = record.StartLag,
            DispatchLag = open.DispatchLag,
            LateOperations = late,
            PeakInFlight = open.PeakInFlight,
            HeldBack = open.HeldBack,
            DispatcherCpu = open.Cpu,
            CpuNanosecondsPerOperation = own,
            CpuCores = seconds > 0 ? ((own * open.Started / 1e9) + open.Cpu?.TotalSeconds) / seconds : null,
            KeptRate = due == 0 ? null : open.NeverStarted == 0 && late <= due * LateShareAllowed,
        };
        return figures.KeptRate == false ? figures with { Saturation = Sentence(figures, due, options) } : figures;
    }

    private static string Sentence(GeneratorFigures figures, long due, LoadTestOptions options)
    {
        string cause = figures.HeldBack > 0
            ? $"{Count(options.MaxInFlight)} operations were under way at once, the most that are allowed: what is tested is slower than the rate."
            : figures.DispatchLag.Quantile(0.99) > options.LagTolerance.TotalNanoseconds / 2
                ? "Its own thread was not on time: the machine is too busy, or the rate too high for it."
                : "The thread pool had no thread free in time: operations block its threads, or the process is short of CPU.";
        return $"The generator could not keep {Rate(figures.IntendedRate)}: it started {Rate(figures.StartedRate)}, and "
            + $"{Count(figures.LateOperations)} of {Count(due)} operations more than {Quantity.Of(options.LagTolerance)} late. {cause} "
            + "Latencies still count from the intended start; part of them is the generator's own.";
    }

    private static Quantity Count(double value) => new(value, Unit.Count);

    private static Quantity Rate(double? value) => new(value, Unit.CountPerSecond);
}
