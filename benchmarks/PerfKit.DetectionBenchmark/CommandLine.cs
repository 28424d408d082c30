using System.Globalization;

namespace PerfKit.DetectionBenchmark;

/// <summary>What was asked for.</summary>
internal sealed record CommandLine
{
    public const string Usage = """
        Usage: [--seed N] [--only TEXT] [--json FILE] [--reports FOLDER] [--short | --self-test | --fix | --list]

          --seed N      draws the held-back variations; 1 when it is not given
          --only TEXT   only cases whose name contains it
          --json FILE   writes what was found in each case
          --reports F   keeps the run-time report of each case in the folder F
          --short       a few robust cases, in less than a minute: does it work at all?
          --self-test   a case of most kinds, in less than three minutes: are the verdicts right on this machine?
          --fix         runs faults again with PerfKit's advice followed: did it save what was foretold?
          --list        names the cases
        """;

    public int Seed { get; init; } = 1;

    public string? Only { get; init; }

    public string? JsonFile { get; init; }

    public string? ReportFolder { get; init; }

    public bool IsList { get; init; }

    public bool IsFix { get; init; }

    public CaseSelection Selection { get; init; }

    public static CommandLine? Parse(string[] arguments, out string message)
    {
        message = Usage;
        var command = new CommandLine();
        for (int i = 0; i < arguments.Length; i++)
        {
            string? value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--short":
                    command = command with { Selection = CaseSelection.Short };
                    break;
                case "--self-test":
                    command = command with { Selection = CaseSelection.SelfTest };
                    break;
                case "--fix":
                    command = command with { IsFix = true };
                    break;
                case "--list":
                    command = command with { IsList = true };
                    break;
                case "--seed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seed):
                    command = command with { Seed = seed };
                    i++;
                    break;
                case "--seed":
                    message = $"--seed is {value ?? "missing"}; allowed: a whole number from 0 on.";
                    return null;
                case "--only" when value is not null:
                    command = command with { Only = value };
                    i++;
                    break;
                case "--json" when value is not null:
                    command = command with { JsonFile = value };
                    i++;
                    break;
                case "--reports" when value is not null:
                    command = command with { ReportFolder = Path.GetFullPath(value) };
                    i++;
                    break;
                default:
                    return null;
            }
        }
        return command;
    }
}
