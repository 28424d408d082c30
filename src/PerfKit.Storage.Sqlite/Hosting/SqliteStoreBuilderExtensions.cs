using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace PerfKit.Storage.Sqlite;

/// <summary>Gives a registered auditor its memory.</summary>
public static class SqliteStoreBuilderExtensions
{
    /// <summary>
    /// Keeps finished audits in an SQLite database, so that the next start is compared with the last. A store that is registered
    /// already stays; the container closes this one.
    /// </summary>
    /// <param name="builder">The auditor's builder.</param>
    /// <param name="path">The file; its folder is made when it is missing.</param>
    /// <param name="options">How runs are kept; <see langword="null"/> means the defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The path is blank, or an option is not what it allows.</exception>
    public static PerformanceAuditorBuilder AddSqliteStore(this PerformanceAuditorBuilder builder, string path, SqliteStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options?.Validate();
        builder.Services.TryAddSingleton<IPerformanceStore>(provider => new SqliteStore(path, options, provider.GetService<TimeProvider>()));
        return builder;
    }
}
