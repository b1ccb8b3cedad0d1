import type { Subcommand } from './subcommand.ts'

export const man: Subcommand = {
  name: 'man',
  register(program, world) {
    program.command('man')
      .description('print this help as a page for man')
      .helpOption('-h, --help', 'print this')
      .action(async () => {
        const { manPage } = await import('../man-page.ts')
        world.stdout.write(manPage(program))
      })
  },
}
