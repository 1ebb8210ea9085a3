namespace LuoHandlers.Generator.Model;

/// <summary>All that the registration file of an assembly depends on.</summary>
/// <param name="Assembly">The assembly.</param>
/// <param name="Handlers">Its own handlers, in ordinal order of their names.</param>
/// <param name="References">The referenced assemblies that have handlers, in ordinal order of their names.</param>
internal sealed record RegistrationModel(
    AssemblyModel Assembly,
    EquatableArray<HandlerRegistration> Handlers,
    EquatableArray<ReferencedRegistration> References);
