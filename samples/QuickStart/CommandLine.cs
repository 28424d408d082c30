using System.Globalization;

namespace QuickStart;

/// <summary>What the user asked for on the command line.</summary>
internal sealed record CommandLine(TimeSpan Duration, string OutFolder)
{
    public const string Usage = """
        Runs a small shop for a while, audits it with PerfKit and writes the reports.

        Usage: QuickStart [--seconds N] [--out DIR]

          --seconds N   how long to serve and measure, 1 to 3600 seconds (default 10)
          --out DIR     where the reports go (default artifacts/quickstart)
          --help        this text

        Ctrl-C ends the run early; the reports are still written.
        """;

    /// <summary>The command line, or <c>null</c> with what to tell the user and the exit code to end with.</summary>
    public static CommandLine? Parse(IReadOnlyList<string> args, out string message, out int exitCode)
    {
        var seconds = 10;
        var folder = Path.Combine("artifacts", "quickstart");

        for (var i = 0; i < args.Count; i++)
        {
            string name = args[i];
            string? value = i + 1 < args.Count ? args[i + 1] : null;
            switch (name)
            {
                case "--help" or "-h" or "-?":
                    return Refuse(Usage, 0, out message, out exitCode);

                case "--seconds" when value is not null:
                    if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds is < 1 or > 3600)
                        return Refuse($"--seconds must be a whole number from 1 to 3600, not '{value}'.", 2, out message, out exitCode);
                    i++;
                    break;

                case "--out" when !string.IsNullOrWhiteSpace(value):
                    folder = value;
                    i++;
                    break;

                case "--seconds" or "--out":
                    return Refuse($"{name} needs a value. Try --help.", 2, out message, out exitCode);

                default:
                    return Refuse($"'{name}' is not an argument of this program. Try --help.", 2, out message, out exitCode);
            }
        }

        (message, exitCode) = ("", 0);
        return new CommandLine(TimeSpan.FromSeconds(seconds), Path.GetFullPath(folder));
    }

    private static CommandLine? Refuse(string why, int code, out string message, out int exitCode)
    {
        (message, exitCode) = (why, code);
        return null;
    }
}
