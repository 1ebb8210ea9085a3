using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Incremental;

/// <summary>
/// Remembers what classes were bound to, for as long as nothing is declared differently. After a keystroke in a body, or in a method that has nothing to
/// do with handlers, the compiler would have to bind the signatures of all callbacks of all handlers again, to find what they were before.
/// </summary>
internal sealed class BindingMemory<TResult>
    where TResult : class
{
    private readonly ConditionalWeakTable<SyntaxNode, Entry> _entries = new();

    /// <summary>What the class is bound to: remembered, or bound now.</summary>
    /// <param name="declaration">The declaration of the class. Another version of its file has another one.</param>
    /// <param name="compilation">What names mean.</param>
    /// <param name="bind">Binds the class.</param>
    public TResult GetOrBind(SyntaxNode declaration, Compilation compilation, Func<TResult> bind)
    {
        var declarations = Declarations.Of(compilation);
        Entry entry = _entries.GetOrCreateValue(declaration);
        Binding? binding = entry.Binding;
        if (binding is null || !declarations.AreSameAs(binding.Declarations))
            binding = new Binding(declarations, bind());
        else if (!ReferenceEquals(binding.Declarations, declarations))
            binding = new Binding(declarations, binding.Result);
        entry.Binding = binding;
        return binding.Result;
    }

    private sealed class Entry
    {
        public volatile Binding? Binding;
    }

    private sealed class Binding(Declarations declarations, TResult result)
    {
        public Declarations Declarations { get; } = declarations;

        public TResult Result { get; } = result;
    }
}
