namespace PerfKit.Storage;

/// <summary>Whether a file is one that a store lives in, whatever links lead to it: an export would replace it.</summary>
internal static class OwnFiles
{
    /// <summary>The full path of a file that an export may go to, or an import come from.</summary>
    /// <param name="path">The file.</param>
    /// <param name="store">The store's file.</param>
    /// <param name="besides">What is appended to the name of the store's file for the files beside it.</param>
    /// <exception cref="ArgumentException">The path is blank, or the file one of the store's own.</exception>
    public static string Refuse(string path, string store, params ReadOnlySpan<string> besides)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path), target = Resolved(full), own = Resolved(store);
        bool isOwn = target == own;
        foreach (string suffix in besides)
            isOwn |= target == own + suffix;
        return isOwn ? throw new ArgumentException("It is the store's own file.", nameof(path)) : full;
    }

    /// <summary>The path with the links on its way followed, as far as there is anything on the disk.</summary>
    private static string Resolved(string path)
    {
        try
        {
            if (Path.GetDirectoryName(path) is not { } folder)
                return path;
            string here = Path.Combine(Resolved(folder), Path.GetFileName(path));
            return new FileInfo(here).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? here;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return path;        // what cannot be followed cannot be written either
        }
    }
}
