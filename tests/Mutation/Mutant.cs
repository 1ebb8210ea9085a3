namespace LuoHandlers.Mutation;

/// <summary>One change to the code under test.</summary>
/// <param name="Id">Its number, by which it is switched on.</param>
/// <param name="Place">File and line.</param>
/// <param name="Change">What it changes into what.</param>
internal sealed record Mutant(int Id, string Place, string Change);
