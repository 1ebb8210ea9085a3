namespace LuoHandlers.Generator.Model;

/// <summary>A referenced assembly that has handlers.</summary>
/// <param name="AssemblyName">The assembly.</param>
/// <param name="TypeName">Its registration class, as the metadata name.</param>
/// <param name="Alias">The extern alias that its types are under: <c>global</c> without one.</param>
internal sealed record ReferencedRegistration(string AssemblyName, string TypeName, string Alias);
