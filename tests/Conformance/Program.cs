using LuoHandlers.Conformance;

return ConformanceCommand.Run(args, Console.Out, Console.Error);
