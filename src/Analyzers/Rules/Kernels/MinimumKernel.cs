using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Kernels;

/// <summary>The oldest kernel that the handlers of a project are for: the MSBuild property <c>LuoMinimumKernel</c>.</summary>
internal readonly record struct MinimumKernel
{
    /// <summary>The names that the property may have, oldest first; the last one is the default.</summary>
    public static readonly ImmutableArray<string> Names = ["6.19", "6.19.y", "7.0", "7.0.y", "7.2"];

    /// <summary>The first kernel with FLBs.</summary>
    public const string FirstWithFlbs = "7.0";

    /// <summary>The first kernel without narrow limits.</summary>
    public const string FirstWithoutLimits = "7.2";

    /// <summary>What a session has room for before <see cref="FirstWithoutLimits"/>.</summary>
    public const int MaximumFiles = 128;

    private const string Option = "build_property.LuoMinimumKernel";

    private readonly int _index;

    private MinimumKernel(int index) => _index = index;

    public string Name => Names[_index];

    /// <summary>Reads the property.</summary>
    /// <param name="options">The options of the compilation.</param>
    /// <param name="invalid">What the property says, if that is no kernel; then the default is used.</param>
    public static MinimumKernel Read(AnalyzerOptions options, out string? invalid)
    {
        invalid = null;
        if (!options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(Option, out string? text) || string.IsNullOrWhiteSpace(text))
            return new MinimumKernel(Names.Length - 1);
        int index = Names.IndexOf(text.Trim());
        if (index < 0)
            invalid = text.Trim();
        return new MinimumKernel(index < 0 ? Names.Length - 1 : index);
    }

    public bool IsBefore(string name) => _index < Names.IndexOf(name);
}
