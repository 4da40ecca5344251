package dev.dromedary.cli;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParseResult;

/** An option of which one value counts, given more often; a flag says the same twice. */
final class RepeatedOption {

  private RepeatedOption() {}

  /**
   * Refuses the first there is.
   *
   * @throws OverwrittenOptionException that names it
   */
  static void refuse(ParseResult parsed) {
    for (OptionSpec option : parsed.matchedOptions()) {
      boolean hasOneValue = option.arity().max() > 0 && !option.isMultiValue();
      if (hasOneValue && option.originalStringValues().size() > 1) {
        throw new OverwrittenOptionException(
            parsed.commandSpec().commandLine(), option, option.longestName() + ": given twice");
      }
    }
    if (parsed.hasSubcommand()) {
      refuse(parsed.subcommand());
    }
  }
}
