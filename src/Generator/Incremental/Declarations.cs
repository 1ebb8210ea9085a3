using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Generator.Incremental;

/// <summary>
/// What names mean in a compilation: its trees, references and options. Two compilations between which nobody edited more than bodies, and methods that
/// no binder looks at, declare the same.
/// </summary>
internal sealed class Declarations
{
    private static readonly ConditionalWeakTable<Compilation, Declarations> Known = new();

    private readonly ImmutableArray<SyntaxTree> _trees;
    private readonly ImmutableArray<MetadataReference> _references;
    private readonly CompilationOptions _options;

    // All classes of a compilation ask the same question. Weak, or every edit would be kept.
    private readonly WeakReference<Declarations?> _compared = new(null);
    private bool _isSame;

    private Declarations(Compilation compilation)
    {
        _trees = ((CSharpCompilation)compilation).SyntaxTrees;
        _references = compilation.ExternalReferences;
        _options = compilation.Options;
    }

    /// <summary>The declarations of a compilation.</summary>
    public static Declarations Of(Compilation compilation) => Known.GetValue(compilation, static compilation => new Declarations(compilation));

    /// <summary>Whether every name means here what it meant there, as far as a binder looks.</summary>
    public bool AreSameAs(Declarations earlier)
    {
        if (ReferenceEquals(this, earlier))
            return true;
        lock (_compared)
        {
            if (!_compared.TryGetTarget(out Declarations? compared) || !ReferenceEquals(compared, earlier))
            {
                _isSame = Compare(earlier);
                _compared.SetTarget(earlier);
            }
            return _isSame;
        }
    }

    private bool Compare(Declarations earlier)
    {
        if (_trees.Length != earlier._trees.Length || !_options.Equals(earlier._options) || !_references.SequenceEqual(earlier._references))
            return false;
        for (int i = 0; i < _trees.Length; i++)
        {
            if (!ReferenceEquals(_trees[i], earlier._trees[i]) && !TreeDeclarations.AreSame(_trees[i], earlier._trees[i]))
                return false;
        }
        return true;
    }
}
