namespace QuickStart;

/// <summary>A temporary folder for the shop's own files, removed at the end.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("perfkit-quickstart-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another program may be looking at a file (an indexer, a virus scanner): say so, the run itself is good.
            Console.Error.WriteLine($"The temporary folder {_folder.FullName} could not be removed: {exception.Message}");
        }
    }
}
