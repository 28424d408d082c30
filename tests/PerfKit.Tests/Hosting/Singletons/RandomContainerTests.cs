using FsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace PerfKit.Tests;

/// <summary>Random registrations behave the same with and without tracking: what is built, in which order, and what is disposed of.</summary>
public sealed class RandomContainerTests
{
    private static readonly Type[] Services = [typeof(IOne), typeof(ITwo), typeof(IThree)];

    private static readonly Type[] Parts =
    [
        typeof(Leaf), typeof(NeedsTwo), typeof(NeedsThreeOrNothing), typeof(NeedsAllOnes), typeof(NeedsKeyed), typeof(KnowsItsKey),
        typeof(InheritsItsKey), typeof(Choosy), typeof(Torn), typeof(Hidden), typeof(Failing), typeof(Reentrant),
    ];

    private static readonly object[] Keys = ["k", "other", KeyedService.AnyKey];

    [Fact]
    public void TrackSingletons_anyRegistrations_leaveTheContainerAsItWas() => Check(new ServiceProviderOptions(), 400);

    [Fact]
    public void TrackSingletons_anyRegistrations_failTheSameValidation() =>
        Check(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }, 200);

    private static void Check(ServiceProviderOptions options, int count)
    {
        Arbitrary<int[][]> registrations = Arb.From(
            Gen.Choose(0, int.MaxValue - 1).Select(seed => Registrations(new System.Random(seed))));
        Prop.ForAll(registrations, lines => Containers.AssertAlike(services => Register(services, lines), Ask, options))
            .Check(new Configuration { MaxNbOfTest = count, QuietOnSuccess = true, Runner = Config.QuickThrowOnFailure.Runner });
    }

    private static int[][] Registrations(System.Random random) => [.. Enumerable.Range(0, random.Next(1, 9))
        .Select(_ => new[] { random.Next(12), random.Next(Services.Length), random.Next(Parts.Length), random.Next(Keys.Length) })];

    private static void Register(IServiceCollection services, int[][] lines)
    {
        foreach (int[] line in lines)
        {
            Type service = Services[line[1]], part = Parts[line[2]];
            object key = Keys[line[3]];
            switch (line[0])
            {
                case 0: services.AddSingleton(service, part); break;
                case 1: services.AddSingleton(service, Factory); break;
                case 2: services.AddSingleton(service, new Stone(line[2])); break;
                case 3: services.AddKeyedSingleton(service, key, part); break;
                case 4: services.AddKeyedSingleton(service, key, (provider, at) => Factory(provider)); break;
                case 5: services.AddScoped(service, part); break;
                case 6: services.AddTransient(service, part); break;
                case 7: services.TryAddSingleton(service, part); break;
                case 8: services.TryAddEnumerable(ServiceDescriptor.Singleton(service, part)); break;
                case 9: services.AddSingleton(typeof(IBox<>), typeof(Box<>)); break;
                case 10: services.AddKeyedSingleton(typeof(IBox<>), key, typeof(Box<>)); break;
                case 11: services.Replace(ServiceDescriptor.Singleton(service, part)); break;
            }

            object Factory(IServiceProvider provider) => new Stone(line[2], provider.GetRequiredService<Journal>().Ask(provider, typeof(ITwo)) is null);
        }
    }

    private static IEnumerable<string> Ask(ServiceProvider provider, Journal journal)
    {
        var isService = provider.GetRequiredService<IServiceProviderIsKeyedService>();
        using IServiceScope scope = provider.CreateScope();
        foreach (Type service in (Type[])[.. Services, typeof(IBox<int>), typeof(IBox<string>)])
        {
            yield return $"{service.Name} {isService.IsService(service)} {isService.IsKeyedService(service, "k")}";
            yield return Containers.Try(() => provider.GetService(service));
            yield return Containers.Try(() => provider.GetServices(service));
            yield return Containers.Try(() => scope.ServiceProvider.GetService(service));
            foreach (object key in Keys)
            {
                yield return Containers.Try(() => provider.GetKeyedService(service, key));
                yield return Containers.Try(() => provider.GetKeyedServices(service, key));
            }
        }
        yield return Containers.Try(() => ActivatorUtilities.CreateInstance<Choosy>(provider));
    }

    private sealed class Stone(int number, bool isAlone = true) : IOne, ITwo, IThree
    {
        public override string ToString() => $"{number}{isAlone}";
    }
}
