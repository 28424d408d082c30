using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using PerfKit.Instrumentation;

namespace QuickStart;

/// <summary>
/// The audit trail of the warehouse: what came in and went out, one short line each, one file a category. The stock on hand
/// is the sum of a product's lines. Safe for use by many threads.
/// </summary>
internal sealed class StockJournal(string folder)
{
    private readonly ConcurrentDictionary<string, Lock> _locks = new();

    /// <summary>Writes the opening stock of every product.</summary>
    public void Open(IEnumerable<Product> products)
    {
        Directory.CreateDirectory(folder);
        Span<byte> line = stackalloc byte[StockMovement.Size];
        foreach (IGrouping<string, Product> category in products.GroupBy(product => product.Category))
        {
            using FileStream file = File.Create(FileOf(category.Key));
            foreach (Product product in category)
            {
                new StockMovement(product.Sku, product.Stock).Write(line);
                file.Write(line);
            }
        }
    }

    /// <summary>Books a sale; <c>false</c>, and nothing booked, when the stock on hand is too small.</summary>
    public bool TryTake(Product product, int quantity)
    {
        using (ServiceContext.Enter("stock-journal"))
        {
            lock (_locks.GetOrAdd(product.Category, _ => new Lock()))
            {
                if (OnHand(product) < quantity)
                    return false;

                Append(product.Category, new StockMovement(product.Sku, -quantity));
                return true;
            }
        }
    }

    private int OnHand(Product product)
    {
        // Fault 4: the file is read from its beginning for each order, and line by line, unbuffered: a system call for 16 bytes.
        // The fix: keep the sum of each product in memory, or at the least read 64 kB at a time.
        using SafeFileHandle file = File.OpenHandle(FileOf(product.Category), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> line = stackalloc byte[StockMovement.Size];
        var onHand = 0;
        for (long at = 0; RandomAccess.Read(file, line, at) == StockMovement.Size; at += StockMovement.Size)
        {
            StockMovement movement = StockMovement.Read(line);
            if (movement.Sku == product.Sku)
                onHand += movement.Quantity;
        }

        return onHand;
    }

    private void Append(string category, StockMovement movement)
    {
        // Fault 4, too: opened, written, flushed and closed for each line. The fix: keep the file open, write in batches.
        Span<byte> line = stackalloc byte[StockMovement.Size];
        movement.Write(line);
        using var file = new FileStream(FileOf(category), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Write(line);
        file.Flush();
    }

    private string FileOf(string category) => Path.Combine(folder, category + ".journal");
}
