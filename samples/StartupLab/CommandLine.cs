using System.Globalization;

namespace StartupLab;

/// <summary>What the user asked for on the command line.</summary>
/// <param name="Pairs">Rounds that count.</param>
/// <param name="Top">Most recommendations to follow.</param>
/// <param name="IsShort">Only prove that it runs.</param>
/// <param name="Apply">One start with this plan instead of a trial.</param>
/// <param name="From">The report whose recommendations <c>top:N</c> means.</param>
/// <param name="Report">Where a single start writes its report.</param>
/// <param name="Files">The site's files, when they have been made already.</param>
/// <param name="Upstream">The port of the upstream systems, when another process runs them.</param>
internal sealed record CommandLine(
    int Pairs = 7, int Top = 4, bool IsShort = false, string? Apply = null, string? From = null, string? Report = null, string? Files = null, int Upstream = 0)
{
    public const string Usage = """
        Starts a site of sixteen services plainly and with PerfKit's own recommendations followed, in processes of their own and
        by turns, and prints the predicted beside the achieved saving.

        Usage: StartupLab [--pairs N] [--top N] [--short]
               StartupLab --apply PLAN [--from REPORT] [--report FILE]

          --pairs N        rounds that count, 3 to 100 (default 7); one more is run first and not counted
          --top N          most recommendations to follow, 1 to 9 (default 4)
          --short          one round that counts, and no verdict: it proves only that everything runs
          --apply PLAN     one start in this process, and its report: 'plain', or a list like defer:a,background:b,parallel:c+d,
                           or top:N, which takes the first N recommendations of the report of --from
          --report FILE    where that start's report is written as JSON

        Ends with 0 when predicted and achieved total saving are within 15 % of each other, with 1 when they are not, and with 3
        when other processes kept the machine too busy to tell.
        """;

    /// <summary>The command line.</summary>
    /// <exception cref="FormatException">It cannot be used; the message says why.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var line = new CommandLine();
        for (int i = 0; i < args.Count; i++)
        {
            if (args[i] == "--short")
            {
                line = line with { IsShort = true };
                continue;
            }
            string name = args[i];
            string value = ++i < args.Count ? args[i] : throw new FormatException($"{name} is no argument, or needs a value. Try --help.");
            line = name switch
            {
                "--pairs" => line with { Pairs = Number(name, value, 3, 100) },
                "--top" => line with { Top = Number(name, value, 1, 9) },
                "--apply" => line with { Apply = value },
                "--from" => line with { From = value },
                "--report" => line with { Report = value },
                "--files" => line with { Files = value },
                "--upstream" => line with { Upstream = Number(name, value, 1, 65_535) },
                _ => throw new FormatException($"'{name}' is not an argument of this program. Try --help."),
            };
        }
        return line;
    }

    private static int Number(string name, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from {least} to {most}, not '{value}'."));
}
