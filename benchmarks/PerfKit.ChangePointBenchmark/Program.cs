using System.Text.Json;
using PerfKit.ChangePointBenchmark;

const string Usage = """
    Finds the change points of every series of a folder, and scores PerfKit and its peers when the series are annotated.

        PerfKit.ChangePointBenchmark FOLDER --predictions OUT.json [--sensitivity]

    FOLDER        *.json, one series each: {"name": "...", "values": [number or null, ...], "annotations": {"person": [index, ...]}}
    OUT.json      is written: {"name": [index, ...], ...}; an index is the first observation of a new segment, from 0
    --sensitivity also prints the scores when one option moves by a quarter, and when one series is left out
    """;

List<string> rest = [.. args];
bool sensitivity = rest.Remove("--sensitivity");
int option = rest.IndexOf("--predictions");
if (option < 0 || option + 1 >= rest.Count || rest.Count != 3)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

string target = rest[option + 1];
rest.RemoveRange(option, 2);
try
{
    List<Series> folder = Series.ReadFolder(rest[0]);
    var predictions = folder.ToDictionary(series => series.Name, series => Detector.PerfKit.Find(series.Values));
    try
    {
        File.WriteAllText(target, JsonSerializer.Serialize(predictions));
    }
    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
    {
        throw new UnusableInputException($"{target}: {exception.Message}");
    }

    Report.EachSeries(folder);
    Console.WriteLine();
    Report.Compare(folder);
    if (sensitivity)
    {
        Console.WriteLine();
        Report.Sensitivity(folder);
    }

    return 0;
}
catch (UnusableInputException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
