namespace PerfKit.Storage;

/// <summary>A store that lives in files of its own, which no export may replace and no import may open.</summary>
internal interface IFileStore
{
    /// <summary>The full path of a file that is none of the store's.</summary>
    /// <exception cref="ArgumentException">The path is blank, or the file one of the store's own.</exception>
    string OtherPath(string path);
}
