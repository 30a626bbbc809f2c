import {
  Body,
  Controller,
  Get,
  Logger,
  Module,
  NotFoundException,
  Param,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, ValidateNested } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { InvalidValue } from '../../src/domain/invalid-value';
import { pageOf } from '../../src/http/page';
import { PageQuery } from '../../src/http/page.dto';

class Inner {
  @IsInt()
  @Max(9)
  readonly depth!: number;
}

class Thing {
  @IsString()
  readonly name!: string;

  @ValidateNested({ each: true })
  @Type(() => Inner)
  readonly inner!: Inner[];
}

export class DatabaseAway extends Error {}

@Controller('things')
class ThingController {
  @Get()
  list(@Query() query: PageQuery) {
    return pageOf(['a', 'b', 'c'], query, (row) => row);
  }

  @Get('large')
  large() {
    return { text: 'x'.repeat(50_000) };
  }

  @Get('broken')
  broken() {
    throw new TypeError('SELECT secret FROM inner_workings');
  }

  @Get('half')
  half(@Res() reply: FastifyReply) {
    reply.raw.writeHead(200).write('half an answer');
    throw new Error('the other half is gone');
  }

  @Get('away')
  away() {
    throw new DatabaseAway();
  }

  @Get('at/:at')
  at(@Param('at') at: string) {
    throw new InvalidValue('at', at, 'an RFC 3339 time');
  }

  @Get(':name')
  get(@Param('name') name: string) {
    throw new NotFoundException(`No thing is called ${name}.`);
  }

  @Post()
  make(@Body() thing: Thing) {
    new Logger('Things').log(`made ${thing.name}`);
    return thing;
  }
}

@Module({
  controllers: [ThingController],
})
export class ThingModule {}
