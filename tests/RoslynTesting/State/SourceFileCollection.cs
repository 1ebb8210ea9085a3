using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Files by path.</summary>
public class SourceFileCollection : List<(string filename, SourceText content)>
{
    public void Add((string filename, string content) file) => Add((file.filename, SourceText.From(file.content, Encoding.UTF8)));

    /// <summary>Adds a file that a generator is expected to write: its path is made of the generator's assembly and type.</summary>
    public void Add((Type sourceGeneratorType, string filename, string content) file) =>
        Add((file.sourceGeneratorType, file.filename, SourceText.From(file.content, Encoding.UTF8)));

    /// <inheritdoc cref="Add(ValueTuple{Type, string, string})"/>
    public void Add((Type sourceGeneratorType, string filename, SourceText content) file) =>
        Add((Path.Combine(file.sourceGeneratorType.Assembly.GetName().Name!, file.sourceGeneratorType.FullName!, file.filename), file.content));
}
