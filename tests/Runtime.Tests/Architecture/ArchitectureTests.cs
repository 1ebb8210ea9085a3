using System.Reflection.PortableExecutable;

namespace LuoHandlers.Runtime.Tests.Architecture;

/// <summary>The layers are namespaces that depend one way only; the built assemblies are read to see it.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] RuntimeLayers =
        ["", "Native", "Collections", "Memory", "Kho", "Vfs", "Handlers", "Orchestrator", "Uapi", "Images", "Manifests", "Emulation", "Inspection", "History"];

    private static readonly string[] GeneratorLayers = ["Binding", "Layout", "Abi", "Model", "Emit", "Incremental", ""];

    [Fact]
    public void TheRuntimesLayersPointDown() =>
        Assert.Empty(FindViolations("LuoHandlers.dll", new LayerChecker("LuoHandlers", RuntimeLayers)));

    [Fact]
    public void TheGeneratorsLayersPointDown() =>
        Assert.Empty(FindViolations("LuoHandlers.Generator.dll", new LayerChecker("LuoHandlers.Generator", GeneratorLayers)));

    [Fact]
    public void EveryLayerOfTheRuntimeIsSeen()
    {
        // In the wrong order, each layer that uses another one is a violation: the checker really reads all of them.
        IReadOnlyCollection<string> violations = FindViolations("LuoHandlers.dll", new LayerChecker("LuoHandlers", [.. RuntimeLayers.Reverse()]));
        // The lowest two are used by others, and use none.
        foreach (string user in RuntimeLayers.Except(["", "Native", "Collections"]))
            Assert.Contains(violations, violation => violation.StartsWith($"LuoHandlers.{user}.", StringComparison.Ordinal));
    }

    [Fact]
    public void ANamespaceWithoutALayerIsAViolation() =>
        Assert.Contains("LuoHandlers.Native.MemoryFile is in no known layer", FindViolations("LuoHandlers.dll", new LayerChecker("LuoHandlers", "Memory")));

    [Theory]
    [InlineData("public class User : High.Base;")]
    [InlineData("public class User : High.IContract;")]
    [InlineData("public class User { High.Base? _field; }")]
    [InlineData("public class User { System.Collections.Generic.List<High.Base[]>? _field; }")]
    [InlineData("public class User { void Method(ref High.Value parameter) { } }")]
    [InlineData("public class User { High.Base? Property => null; }")]
    [InlineData("public class User<T> where T : High.Base;")]
    [InlineData("public class User { void Method<T>() where T : High.IContract { } }")]
    [InlineData("[High.Mark] public class User;")]
    [InlineData("public class User { void Method([High.Mark] int parameter) { } }")]
    [InlineData("public class User { object Method() => new High.Base(); }")]
    [InlineData("public class User { int Method() => High.Base.Number; }")]
    [InlineData("public class User { object Method() => typeof(High.Base); }")]
    [InlineData("public class User { object Method() => System.Array.Empty<High.Value>(); }")]
    [InlineData("public class User { bool Method(object one) => one is High.IContract; }")]
    [InlineData("public class User { void Method() { try { } catch (High.Failure) { } } }")]
    [InlineData("public class User { System.Action Method() => () => High.Base.Call(); }")]
    [InlineData("public class User { class Inner { High.Base? _field; } }")]
    [InlineData("public class User { unsafe delegate*<High.Value, void> _field; }")]
    public void EveryKindOfReferenceIsSeen(string user)
    {
        using PEReader assembly = SmallAssembly.Compile($$"""
            namespace Layers.Low { {{user}} }
            namespace Layers.High
            {
                public class Base { public static int Number = 1; public static void Call() { } }
                public interface IContract;
                public struct Value;
                public class Mark : System.Attribute;
                public class Failure : System.Exception;
            }
            """);

        Assert.NotEmpty(new LayerChecker("Layers", "Low", "High").FindViolations(assembly));
        Assert.Empty(new LayerChecker("Layers", "High", "Low").FindViolations(assembly));
    }

    private static IReadOnlyCollection<string> FindViolations(string file, LayerChecker checker)
    {
        using var assembly = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, file)));
        return checker.FindViolations(assembly);
    }
}
