namespace PerfKit.Storage;

/// <summary>The file that a store lives in.</summary>
internal static class OwnFiles
{
    /// <summary>Whether there is anything to read yet.</summary>
    /// <exception cref="IOException">A folder is in its place.</exception>
    public static bool Exists(string store)
    {
        RefuseFolder(store);
        return File.Exists(store);
    }

    /// <exception cref="IOException">A folder is in the file's place.</exception>
    public static void RefuseFolder(string store)
    {
        if (Directory.Exists(store))
            throw new IOException($"The run store {store} is a folder; allowed is the path of a file, which need not exist yet.");
    }

    /// <summary>The full path of a file that an export may go to, or an import come from: none that the store uses, whatever links lead to it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="store">The store's file.</param>
    /// <param name="besides">What is appended to the name of the store's file for the files beside it.</param>
    /// <exception cref="ArgumentException">The path is blank, or the file one of the store's own.</exception>
    public static string Refuse(string path, string store, params ReadOnlySpan<string> besides)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path), target = Resolved(full), own = Resolved(store);
        // A name in other letters is the same file here, or may be.
        StringComparison names = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        bool isOwn = string.Equals(target, own, names);
        foreach (string suffix in besides)
            isOwn |= string.Equals(target, own + suffix, names);
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
