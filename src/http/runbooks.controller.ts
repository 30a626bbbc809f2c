import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Controller, Get, Header, NotFoundException, Param } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access';

/** The folder of the runbooks that come with the service. */
export abstract class RunbookFolder {
  abstract readonly path: string;
}

/** Runbooks that come with the service, where the links of its alerts lead; whoever follows one has no token. */
@ApiTags('operation')
@Controller('docs/runbooks')
export class RunbooksController {
  private readonly pages: readonly string[];

  constructor(private readonly folder: RunbookFolder) {
    const files = existsSync(folder.path) ? readdirSync(folder.path) : [];
    this.pages = files.filter((file) => file.endsWith('.md')).sort();
  }

  @Public()
  @Get(':page')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'A runbook, as Markdown' })
  @ApiProduces('text/plain')
  async page(@Param('page') page: string): Promise<string> {
    // Only names that were found in the folder are ever opened.
    const known = this.pages.find((file) => file === page || file === `${page}.md`);
    if (known !== undefined) return readFile(join(this.folder.path, known), 'utf8');
    throw new NotFoundException(
      `there is no runbook ${JSON.stringify(page)}, there are: ${this.pages.join(', ')}`,
    );
  }
}
