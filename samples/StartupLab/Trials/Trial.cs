using System.Diagnostics;
using System.Globalization;
using PerfKit;

namespace StartupLab;

/// <summary>
/// Starts the site again and again, each time in a process of its own: plainly, with each recommendation followed, with all of
/// them, by turns, so that whatever disturbs the machine disturbs all alike.
/// </summary>
internal sealed class Trial : IAsyncDisposable
{
    // A tenth of a core is what a quiet machine does by itself.
    private const double MostCoresOfOthers = 0.1;

    private readonly Workspace _workspace = new();
    private readonly Upstream _upstream = new();
    private readonly string _files;
    private int _starts;
    private int _spare;

    /// <summary>Starts that were made again because other processes disturbed them.</summary>
    public int Repeated { get; private set; }

    /// <summary>Starts that were disturbed and count all the same.</summary>
    public int Disturbed { get; private set; }

    public Trial()
    {
        _files = _workspace.Folder("files");
        new SiteFiles(_files).Create();
    }

    /// <summary>The first start finds the recommendations; its round warms up the file caches and is not counted.</summary>
    /// <param name="rounds">Rounds that count.</param>
    /// <param name="top">Recommendations that are followed, at most.</param>
    /// <param name="isJudged">The outcome is judged, so that disturbed starts are worth making again.</param>
    /// <param name="tell">Progress.</param>
    public (IReadOnlyList<Variant> Variants, IReadOnlyList<StartupReport> Plain) Run(int rounds, int top, bool isJudged, Action<string> tell)
    {
        tell("the first start, which the recommendations come from");
        IReadOnlyList<StartPlan> advice = Advice.Of(Start(StartPlan.Plain), top);
        var all = new StartPlan([.. advice.SelectMany(plan => plan.Changes)]);
        Variant[] variants = [.. advice.Select(plan => new Variant(plan)), .. advice.Count > 1 ? [new Variant(all)] : (Variant[])[]];
        var plain = new List<StartupReport>();
        _spare = isJudged ? 4 * rounds * (variants.Length + 1) : 0;
        for (int round = 0; round <= rounds; round++)
        {
            tell(round == 0 ? "a round to warm up" : string.Create(CultureInfo.InvariantCulture, $"round {round} of {rounds}"));
            // Plain first in one round and last in the next, so that a drift of the machine favors neither.
            bool isPlainFirst = round % 2 == 0;
            StartupReport? before = isPlainFirst ? Start(StartPlan.Plain) : null;
            StartupReport[] after = [.. variants.Select(variant => Start(variant.Plan))];
            before ??= Start(StartPlan.Plain);
            if (round == 0)
                continue;
            plain.Add(before);
            foreach ((Variant variant, StartupReport report) in variants.Zip(after))
                variant.Add(before, report);
        }
        return (variants, plain);
    }

    public async ValueTask DisposeAsync()
    {
        await _upstream.DisposeAsync();
        _workspace.Dispose();
    }

    // A start that others disturbed is made again, as long as there are spare ones. What it took plays no part in that.
    private StartupReport Start(StartPlan plan)
    {
        while (true)
        {
            var others = new OtherProcesses();
            (StartupReport report, TimeSpan cpu) = StartOnce(plan);
            bool isDisturbed = others.CoresSince(cpu) > MostCoresOfOthers;
            if (!isDisturbed || Repeated == _spare)
            {
                Disturbed += isDisturbed ? 1 : 0;
                return report;
            }
            Repeated++;
        }
    }

    private (StartupReport Report, TimeSpan Cpu) StartOnce(StartPlan plan)
    {
        string report = Path.Combine(_workspace.Folder("reports"), string.Create(CultureInfo.InvariantCulture, $"{_starts++}.json"));
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // Started as "dotnet Program.dll" or as the program itself.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        string port = _upstream.Port.ToString(CultureInfo.InvariantCulture);
        foreach (string argument in (string[])["--apply", plan.ToString(), "--files", _files, "--upstream", port, "--report", report])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("The program could not be started again.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? (StartupReport.FromJson(File.ReadAllText(report)), TimeSpan.FromTicks(long.Parse(output, CultureInfo.InvariantCulture)))
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The site, started with '{plan}', ended with {process.ExitCode}."));
    }
}
