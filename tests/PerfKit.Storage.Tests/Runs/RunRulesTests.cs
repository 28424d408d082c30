namespace PerfKit.Storage.Tests;

public sealed class RunRulesTests
{
    [Theory]
    [InlineData(0, ".application")]
    [InlineData(1, null)]
    [InlineData(256, null)]
    [InlineData(257, ".application")]
    public void FirstViolation_length_of_the_application_has_documented_ends(int length, string? path)
    {
        Assert.Equal(path, RunRules.FirstViolation(Sample.Run() with { Application = new string('x', length) })?.Path);
    }

    [Theory]
    [InlineData(10_000, null)]
    [InlineData(10_001, ".metrics")]
    public void FirstViolation_number_of_metrics_has_a_documented_end(int count, string? path)
    {
        RunMetric[] metrics = [.. Enumerable.Repeat(new RunMetric("", "m", 0, ""), count)];

        Assert.Equal(path, RunRules.FirstViolation(Sample.Run() with { Metrics = metrics })?.Path);
    }

    [Fact]
    public void FirstViolation_each_field_is_checked()
    {
        AuditRun run = Sample.Run();
        RunMetric metric = run.Metrics[0];

        Assert.Null(RunRules.FirstViolation(run));
        Assert.Null(RunRules.FirstViolation(run with { Commit = null }));
        Assert.Equal(".id", PathOf(run with { Id = Guid.Empty }));
        Assert.Equal(".kind", PathOf(run with { Kind = (AuditKind)7 }));
        Assert.Equal(".machineFingerprint", PathOf(run with { MachineFingerprint = "" }));
        Assert.Equal(".commit", PathOf(run with { Commit = "" }));
        Assert.Equal(".branch", PathOf(run with { Branch = "" }));
        Assert.Equal(".facts", PathOf(run with { Facts = null! }));
        Assert.Equal(".facts", PathOf(run with { Facts = Enumerable.Range(0, 65).ToDictionary(i => $"{i}", _ => "") }));
        Assert.Equal(".facts", PathOf(run with { Facts = new Dictionary<string, string> { [""] = "x" } }));
        Assert.Equal(".facts.cpu", PathOf(run with { Facts = new Dictionary<string, string> { ["cpu"] = new('x', 257) } }));
        Assert.Equal(".facts.cpu", PathOf(run with { Facts = new Dictionary<string, string> { ["cpu"] = "\ud800" } }));
        Assert.Equal(".facts", PathOf(run with { Facts = new Dictionary<string, string> { ["\ud800"] = "x" } }));
        Assert.Equal(".branch", PathOf(run with { Branch = "\udc00" }));
        Assert.Null(PathOf(run with { Branch = "\ud83d\ude80" }));
        Assert.Equal(".metrics", PathOf(run with { Metrics = null! }));
        Assert.Equal(".metrics[1]", PathOf(run with { Metrics = [metric, null!] }));
        Assert.Equal(".metrics[1].value", PathOf(run with { Metrics = [metric, metric with { Value = double.PositiveInfinity }] }));
        Assert.Equal(".metrics[0].metric", PathOf(run with { Metrics = [metric with { Metric = "" }] }));
        Assert.Equal(".metrics[0].service", PathOf(run with { Metrics = [metric with { Service = null! }] }));
        Assert.Equal(".metrics[0].operation", PathOf(run with { Metrics = [metric with { Operation = null! }] }));
        Assert.Equal(".metrics[0].unit", PathOf(run with { Metrics = [metric with { Unit = new string('x', 257) }] }));
    }

    private static string? PathOf(AuditRun run) => RunRules.FirstViolation(run)?.Path;
}
