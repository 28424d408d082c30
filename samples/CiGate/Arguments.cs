namespace CiGate;

/// <summary>What the command line asks for.</summary>
/// <param name="Folder">Where the history and the reports are.</param>
/// <param name="Configuration">The file with thresholds.</param>
/// <param name="UpdatesBaseline">Whether this run becomes the baseline.</param>
/// <param name="IsSlower">Whether the code is to be slower than it should, to see the gate close.</param>
internal sealed record Arguments(string Folder, string Configuration, bool UpdatesBaseline, bool IsSlower)
{
    public const string Usage = "Usage: CiGate [--folder FOLDER] [--config perfkit.json] [--update-baseline] [--slower]";

    public static Arguments? Parse(string[] args)
    {
        var arguments = new Arguments("performance", Path.Combine(AppContext.BaseDirectory, "perfkit.json"), UpdatesBaseline: false, IsSlower: false);
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--folder" when i + 1 < args.Length:
                    arguments = arguments with { Folder = args[++i] };
                    break;
                case "--config" when i + 1 < args.Length:
                    arguments = arguments with { Configuration = args[++i] };
                    break;
                case "--update-baseline":
                    arguments = arguments with { UpdatesBaseline = true };
                    break;
                case "--slower":
                    arguments = arguments with { IsSlower = true };
                    break;
                default:
                    return null;
            }
        }

        return arguments;
    }
}
