namespace LuoHandlers.Generator.Binding;

/// <summary>The names of the assemblies that the generator and the analyzers look for among the references.</summary>
internal static class WellKnownAssemblyNames
{
    /// <summary>The runtime: who does not reference it has no handlers.</summary>
    public const string Runtime = "LuoHandlers";
}
