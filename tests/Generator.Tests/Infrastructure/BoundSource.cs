using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LuoHandlers.Generator.Tests.Infrastructure;

/// <summary>Binds handlers written in a test.</summary>
internal static class BoundSource
{
    private const string Types =
        """
        using LuoHandlers;
        using LuoHandlers.Handlers;
        using LuoHandlers.Kho;
        using LuoHandlers.Vfs;
        using System.Threading;
        using System.Threading.Tasks;

        public class F : LuoFile;
        public class G : LuoFile;
        public class P;
        public class Q;
        [PreservedState] public struct S { public ulong First, Second; }
        [PreservedState] public struct T { public ulong First; }
        [PreservedState] public struct Managed { public string Text; }
        public struct Plain { public ulong First; }

        """;

    /// <summary>The required callbacks, none of which takes anything but the file.</summary>
    public static IReadOnlyDictionary<CallbackKind, string> Required { get; } = new Dictionary<CallbackKind, string>
    {
        [CallbackKind.CanPreserve] = "bool CanPreserve(F file) => true;",
        [CallbackKind.Preserve] = "void Preserve(F file) { }",
        [CallbackKind.Unpreserve] = "void Unpreserve(F file) { }",
        [CallbackKind.Retrieve] = "F Retrieve() => null!;",
        [CallbackKind.Finish] = "void Finish(F? file) { }",
    };

    /// <summary>Binds a handler with these callbacks; the required ones that are not among them are added.</summary>
    public static HandlerBinding BindCallbacks(params string[] callbacks) =>
        Bind($"[LiveUpdateFileHandler(\"test-v1\")] public sealed partial class H {{\n{string.Join("\n", Complete(callbacks))}\n}}");

    /// <summary>The required callbacks, the named ones replaced.</summary>
    public static IEnumerable<string> Complete(IReadOnlyCollection<string> callbacks) =>
        Required.Where(required => !callbacks.Any(callback => callback.Contains($" {required.Key}(", StringComparison.Ordinal)
            || callback.Contains($" {required.Key}<", StringComparison.Ordinal)))
            .Select(required => required.Value)
            .Concat(callbacks);

    /// <summary>Binds the type H, which may be nested.</summary>
    public static HandlerBinding Bind(string source)
    {
        CSharpCompilation compilation = Compile(source);
        var handler = (INamedTypeSymbol)compilation.GetSymbolsWithName("H", SymbolFilter.Type, TestContext.Current.CancellationToken).Single();
        return HandlerBinder.Bind(handler, TestContext.Current.CancellationToken);
    }

    public static CSharpCompilation Compile(string source) => TestCompilation.Create(Types + source);
}
