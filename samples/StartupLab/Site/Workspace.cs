namespace StartupLab;

/// <summary>A temporary folder, removed at the end.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("perfkit-startuplab-");

    public string Folder(string name) => _folder.CreateSubdirectory(name).FullName;

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The temporary folder {_folder.FullName} could not be removed: {exception.Message}");
        }
    }
}
