using System.Globalization;
using FsCheck;

namespace PerfKit.Storage.Tests;

/// <summary>Runs to test with.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static AuditRun Run(int minutes = 0, string application = "shop") => new()
    {
        Id = new Guid(minutes + 1, 1, 1, new byte[8]),
        Application = application,
        Kind = AuditKind.Startup,
        FinishedAt = Noon.AddMinutes(minutes),
        MachineFingerprint = "linux-x64/2",
        Metrics = [new RunMetric("search_index", "startup.duration", 1834.25, "ms")],
        Commit = "4f1c2d",
    };

    /// <summary>Any run that the store allows, with awkward texts and numbers.</summary>
    public static Arbitrary<AuditRun> Any()
    {
        Gen<string> text = Gen.Elements("x", "käse", "线程", "🚀", "a\"b\\c", "line\nbreak\r\n", "\u2028", "{}", " ", new string('y', 256));
        Gen<double> value = Gen.Elements(0, -0.0, 0.1, 1.0 / 3, double.Epsilon, double.MaxValue, -1e-300, 9007199254740993);
        Gen<RunMetric> metric =
            from service in Gen.OneOf(text, Gen.Constant(string.Empty))
            from name in text
            from number in Gen.OneOf(value, Arb.Generate<NormalFloat>().Select(v => v.Get))
            from unit in Gen.OneOf(text, Gen.Constant(string.Empty))
            from operation in Gen.OneOf(text, Gen.Constant(string.Empty))
            select new RunMetric(service, name, number, unit) { Operation = operation };

        Gen<AuditRun> run =
            from id in Arb.Generate<Guid>().Where(id => id != Guid.Empty)
            from application in text
            from kind in Gen.Elements(Enum.GetValues<AuditKind>())
            from ticks in Gen.Choose(0, int.MaxValue)
            from hours in Gen.Choose(-14, 14)
            from machine in text
            from metrics in Gen.ListOf(metric)
            from commit in Gen.OneOf(text, Gen.Constant<string>(null!))
            from branch in Gen.OneOf(text, Gen.Constant<string>(null!))
            from facts in Gen.ListOf(Gen.Zip(text, Gen.OneOf(text, Gen.Constant(string.Empty))))
            select new AuditRun
            {
                Id = id,
                Application = application,
                Kind = kind,
                FinishedAt = Noon.AddTicks(ticks).ToOffset(TimeSpan.FromHours(hours)),
                MachineFingerprint = machine,
                Metrics = [.. metrics],
                Commit = commit,
                Branch = branch,
                Facts = facts.DistinctBy(fact => fact.Item1).ToDictionary(fact => fact.Item1, fact => fact.Item2),
            };
        return run.ToArbitrary();
    }

    /// <summary>All of a run as text, down to the sign of zero: two runs with one text are the same run.</summary>
    public static string Text(AuditRun run) => string.Join('|', (string[])
    [
        (run with { Metrics = [], Facts = null! }).ToString(),
        .. run.Facts.OrderBy(fact => fact.Key, StringComparer.Ordinal).Select(fact => $"{fact.Key}={fact.Value}"),
        run.FinishedAt.ToString("O", CultureInfo.InvariantCulture),
        .. run.Metrics.Select(m => $"{m.Service}/{m.Operation}/{m.Metric}/{m.Value.ToString("R", CultureInfo.InvariantCulture)}/{m.Unit}"),
    ]);
}
