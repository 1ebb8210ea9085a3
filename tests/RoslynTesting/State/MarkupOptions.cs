namespace Microsoft.CodeAnalysis.Testing;

/// <summary>What markup without an id stands for.</summary>
[Flags]
public enum MarkupOptions
{
    None = 0,

    /// <summary>The first descriptor of the first analyzer.</summary>
    UseFirstDescriptor = 1,
}
